-- Step.ReadVersion: reads the version.
-- KEYS  1 version, 2 newest write
-- Reply the moment, the version
-- Rule  docs/protocol.md, Words: seeded from TIME when absent.

return answer(version(KEYS[1]), written(KEYS[2]))
