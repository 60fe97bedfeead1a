-- Step.ReadVersion: reads the version.
-- KEYS  1 version
-- Reply the version
-- Rule  docs/protocol.md, Words: seeded from TIME when absent.

return text(version(KEYS[1]))
