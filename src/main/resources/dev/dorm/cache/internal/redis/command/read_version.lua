-- Step.ReadVersion: reads the version.
-- KEYS  1 version, 2 newest write, 3 slices
-- Reply the moment, the version
-- Rule  docs/protocol.md, Words: seeded from TIME when absent.

return answer(version(KEYS[1]), newest_write(KEYS[2], KEYS[3]))
