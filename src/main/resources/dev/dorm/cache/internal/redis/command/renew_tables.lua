-- Step.RenewTables: makes every older result over the tables stale, unless that was done since this server began.
-- KEYS  1 clock, 2 the server epoch under which it was done and the clock it was given, 3 channel, 4... the tables' records
-- ARGV  as incarnation.lua has it
-- Reply the moment, the clock
-- Rule  docs/protocol.md, Server epochs: the clock passes every number that was used before, and each table follows.

local records = records_from(4)
local clock, wrong = clock_above(KEYS[1], records)
local now = incarnation()
local known, digits = string.match(value(KEYS[2]) or '', '^([%w.]+)|(%d+)$')
local floor = is_same(known, now) and counter(digits) or nil
local late = wrong or not floor
for _, each in ipairs(records) do
  each.late = not floor or not each.clock or each.clock < floor
  late = late or each.late
end
if late then
  clock = floor and clock + 1 or math.max(clock + 1, MICROS)
  set(KEYS[1], text(clock))
end
if not floor then
  redis.call('SET', KEYS[2], now .. '|' .. text(clock))
end
for _, each in ipairs(records) do
  if each.late then
    put_record(each.key, clock, each.live)
    tell(KEYS[3], each.key)
  end
end
return answer(clock)
