-- Step.UnlockShard: bumps the version again and takes the token out after a bulk write completed.
-- KEYS  1 version, 2 region lock, 3 channel
-- ARGV  1 token
-- Reply the moment, the new version
-- Tells the version's key
-- Rule  docs/protocol.md, Rows, Bulk writes: what was put between the two bumps is dead; the last token takes the lock with it.

local current = bump(KEYS[1])
local live, count = locked(value(KEYS[2]))
local others = count - (live[ARGV[1]] and 1 or 0)
live[ARGV[1]] = nil
if others > 0 then
  hold(KEYS[2], live, true)
else
  redis.call('DEL', KEYS[2])
end
tell(KEYS[3], KEYS[1])
return answer(current)
