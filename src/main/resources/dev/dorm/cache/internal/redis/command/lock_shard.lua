-- Step.LockShard: bumps the version and sets a region lock before a bulk write commits.
-- KEYS  1 version, 2 region lock, 3 channel
-- ARGV  1 token, 2 lease in ms, 3 the latest time, in microseconds, or 0
-- Reply the moment, the new version; 0 when it came too late
-- Tells the version's key
-- Rule  docs/protocol.md, Rows, Bulk writes: beside the tokens of others.

if too_late(ARGV[3]) then return answer(0) end
local current = bump(KEYS[1])
local live, count = locked(value(KEYS[2]))
local others = count > (live[ARGV[1]] and 1 or 0)
live[ARGV[1]] = { NOW + tonumber(ARGV[2]), '' }
hold(KEYS[2], live, others)
tell(KEYS[3], KEYS[1])
return answer(current)
