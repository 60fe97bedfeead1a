-- Step.UnlockTables: dates a completed write on its tables.
-- KEYS  1 clock, 2... the tables' records
-- ARGV  1 token
-- Reply the moment, the clock
-- Rule  docs/protocol.md, Query results: clock + 1, each table gets it, and the token goes.

local records = records_from(2)
local clock = clock_above(KEYS[1], records) + 1
set(KEYS[1], text(clock))
for _, each in ipairs(records) do
  each.live[ARGV[1]] = nil
  put_record(each.key, clock, each.live)
end
return answer(clock)
