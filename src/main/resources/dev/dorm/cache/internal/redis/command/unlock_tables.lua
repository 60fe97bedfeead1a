-- Step.UnlockTables: dates a completed write on its tables.
-- KEYS  1 clock, 2 channel, 3... the tables' records
-- ARGV  1 token
-- Reply the moment, the clock
-- Rule  docs/protocol.md, Query results: clock + 1, each table gets it, and the token goes.

local records = records_from(3)
local clock = clock_above(KEYS[1], records) + 1
set(KEYS[1], text(clock))
for _, each in ipairs(records) do
  -- Since a lock that stands was told, nobody can have found a result true over the table.
  if not each.live[ARGV[1]] then tell(KEYS[2], each.key) end
  each.live[ARGV[1]] = nil
  put_record(each.key, clock, each.live)
end
return answer(clock)
