-- Step.RenewShard: makes the shard's entries dead, unless that was done since this server began.
-- KEYS  1 version, 2 the server epoch under which it was done, 3 newest write, 4 slices, 5 channel
-- ARGV  as incarnation.lua has it
-- Reply the moment, the version
-- Tells the version's key when it has changed
-- Rule  docs/protocol.md, Server epochs: what was restored may be older than what was served; the version passes every
--       number that was used before.

local current = version(KEYS[1])
local now = incarnation()
if not is_same(value(KEYS[2]), now) then
  current = math.max(current + 1, MICROS)
  set(KEYS[1], text(current))
  redis.call('SET', KEYS[2], now)
  tell(KEYS[5], KEYS[1])
end
return answer(current, newest_write(KEYS[3], KEYS[4]))
