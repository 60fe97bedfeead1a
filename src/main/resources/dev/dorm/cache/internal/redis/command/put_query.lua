-- Step.PutQuery: stores a query result.
-- KEYS  1 the result
-- ARGV  1 entry, 2 its time to live in ms (0: none)
-- Reply the moment, then 1; 0 when memory is full and nothing was stored
-- Rule  docs/protocol.md, Query results: a result is dated inside its signed bytes, and judged when it is read.

return answer(try_set(KEYS[1], ARGV[1], lifetime(ARGV[2])) and 1 or 0)
