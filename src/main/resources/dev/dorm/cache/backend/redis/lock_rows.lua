-- Step.LockRow, for rows of one shard: replaces each by a lock before a commit.
-- KEYS  1 version, 2 region lock, 3... the rows
-- ARGV  1 lease in ms, 2... the token for each row
-- Reply the version
-- Tells each row's key: near tiers hear of a write before its commit
-- Rule  docs/protocol.md, Rows, Lock: live tokens of others, or a region lock, make it concurrent.

local current = version(KEYS[1])
local region = shard_locked(KEYS[2])
local deadline = NOW + tonumber(ARGV[1])
for i = 3, #KEYS do
  local token = ARGV[i - 1]
  local live, count, concurrent = locked(value(KEYS[i]))
  if region or count > (live[token] and 1 or 0) then concurrent = true end
  live[token] = deadline
  hold(KEYS[i], live, concurrent)
  tell(KEYS[i])
end
return text(current)
