-- Step.SettleTables: gives the incremented clock to records that are absent or bear spent tokens.
-- KEYS  1 clock, 2... the tables' records
-- Reply the moment, the clock
-- Rule  docs/protocol.md, Query results: neither a lost record nor an expiry ever validates an older result.

local records = records_from(2)
local clock, wrong = clock_above(KEYS[1], records)
for _, each in ipairs(records) do
  each.unsettled = not each.clock or each.spent
  wrong = wrong or each.unsettled
end
if wrong then
  clock = clock + 1
  set(KEYS[1], text(clock))
end
for _, each in ipairs(records) do
  if each.unsettled then put_record(each.key, clock, each.live) end
end
return answer(clock)
