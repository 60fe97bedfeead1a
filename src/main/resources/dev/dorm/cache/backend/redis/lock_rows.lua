-- Step.LockRow: replaces the row by a lock before a commit.
-- KEYS  1 version, 2 region lock, 3 row
-- ARGV  1 token, 2 lease in ms
-- Reply the version
-- Tells the row's key: near tiers hear of a write before its commit
-- Rule  docs/protocol.md, Rows, Lock: live tokens of others, or a region lock, make it concurrent.

local current = version(KEYS[1])
local live, count, concurrent = locked(value(KEYS[3]))
if count > (live[ARGV[1]] and 1 or 0) or shard_locked(KEYS[2]) then concurrent = true end
live[ARGV[1]] = NOW + tonumber(ARGV[2])
hold(KEYS[3], live, concurrent)
tell(KEYS[3])
return text(current)
