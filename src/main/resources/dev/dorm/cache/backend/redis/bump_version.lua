-- Step.BumpVersion: makes every entry of the shard dead.
-- KEYS  1 version
-- Reply the new version
-- Rule  design.md, section 3: a counter that was lost is seeded first, so that no number returns.

return text(bump(KEYS[1]))
