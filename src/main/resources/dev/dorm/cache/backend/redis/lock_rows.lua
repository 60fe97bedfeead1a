-- Step.LockRow, for rows of one shard: replaces each by a lock before a commit.
-- KEYS  1 version, 2 region lock, 3 newest write, 4... the rows
-- ARGV  1 lease in ms, 2... the token for each row
-- Reply the moment, the version
-- Tells each row's key: near tiers hear of a write before its commit
-- Rule  docs/protocol.md, Rows, Lock: live tokens of others, or a region lock, make it concurrent.

local current = version(KEYS[1])
local region = shard_locked(KEYS[2])
local write = next_write(KEYS[3])
local deadline = NOW + tonumber(ARGV[1])
for i = 4, #KEYS do
  local token = ARGV[i - 2]
  local live, count, concurrent = locked(value(KEYS[i]))
  if region or count > (live[token] and 1 or 0) then concurrent = true end
  live[token] = { deadline, text(write) }
  hold(KEYS[i], live, concurrent)
  tell(KEYS[i])
end
return answer(current, write)
