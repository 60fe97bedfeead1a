-- Step.BumpVersion: makes every entry of the shard dead.
-- KEYS  1 version, 2 channel
-- Reply the moment, the new version
-- Tells the version's key
-- Rule  docs/protocol.md, Words: a counter that was lost is seeded first, so that no number returns.

local current = bump(KEYS[1])
tell(KEYS[2], KEYS[1])
return answer(current)
