-- Step.LockRow, for rows of one shard: replaces each by a lock before a commit.
-- KEYS  1 version, 2 region lock, 3 newest write, 4... the rows
-- ARGV  1 lease in ms, then for each row: token, the signature's first digits of the entry that is expected or ''
-- Reply the moment, the version, then for each row 1 when that entry stood there, 2 when the token's own lock did, else 0
-- Tells each row's key: near tiers hear of a write before its commit
-- Rule  docs/protocol.md, Rows, Lock: live tokens of others, or a region lock, make it concurrent;
--       the entry that the state was taken from proves that nobody has written since.

local current = version(KEYS[1])
local region = shard_locked(KEYS[2])
local write = next_write(KEYS[3])
local deadline = NOW + tonumber(ARGV[1])
local replies = answer(current, write)
for i = 4, #KEYS do
  local token, expected = ARGV[2 * i - 6], ARGV[2 * i - 5]
  local bytes = value(KEYS[i])
  local live, count, concurrent = locked(bytes)
  local found = 0
  if live[token] then
    found = 2
  elseif expected ~= '' and kind(bytes, current) == 'entry' and string.sub(bytes, 10, 9 + #expected) == expected then
    found = 1
  end
  if region or count > (live[token] and 1 or 0) then concurrent = true end
  live[token] = { deadline, text(write) }
  hold(KEYS[i], live, concurrent)
  tell(KEYS[i])
  replies[i] = found
end
return replies
