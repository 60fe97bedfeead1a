-- Step.ReadVersion: reads the version.
-- KEYS  1 version
-- Reply the version
-- Rule  design.md, section 3: seeded from TIME when absent.

return text(version(KEYS[1]))
