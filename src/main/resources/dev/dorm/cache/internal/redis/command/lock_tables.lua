-- Step.LockTables: dates a write to come on its tables, before the commit.
-- KEYS  1 clock, 2 channel, 3... the tables' records
-- ARGV  1 token, 2 lease in ms, 3 the latest time, in microseconds, or 0
-- Reply the moment, the clock; 0 when it came too late
-- Rule  docs/protocol.md, Query results: clock + 1, and each table gets it and this writer's token.

if too_late(ARGV[3]) then return answer(0) end
local records = records_from(3)
local clock = clock_above(KEYS[1], records) + 1
set(KEYS[1], text(clock))
for _, each in ipairs(records) do
  each.live[ARGV[1]] = { NOW + tonumber(ARGV[2]), '' }
  put_record(each.key, clock, each.live)
  tell(KEYS[2], each.key)
end
return answer(clock)
