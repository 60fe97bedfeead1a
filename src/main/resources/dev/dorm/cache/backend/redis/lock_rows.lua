-- Step.LockRow, for rows of one shard: replaces each by a lock before a commit.
-- KEYS  1 version, 2 region lock, 3 newest write, 4 slices, 5... the rows
-- ARGV  1 lease in ms, then for each row: token, slice, the signature's first digits of the entry that is expected or '',
--       the latest time, in microseconds, or 0
-- Reply the moment, the version, then for each row 1 when that entry stood there, 2 when the token's own lock did, -1 when
--       the lock came too late and was not taken, else 0
-- Tells each row's key: near tiers hear of a write before its commit
-- Rule  docs/protocol.md, Rows, Lock: live tokens of others, or a region lock, make it concurrent;
--       the entry that the state was taken from proves that nobody has written since.

local current = version(KEYS[1])
local region = shard_locked(KEYS[2])
local write = next_write(KEYS[3], KEYS[4])
local deadline = NOW + tonumber(ARGV[1])

local function lock(row, token, slice, expected, latest)
  if too_late(latest) then return -1 end
  local bytes = value(row)
  local live, count, concurrent = locked(bytes)
  local found = 0
  if live[token] then
    found = 2
  elseif expected ~= '' and kind(bytes, current) == 'entry' and string.sub(bytes, 10, 9 + #expected) == expected then
    found = 1
  end
  if region or count > (live[token] and 1 or 0) then concurrent = true end
  live[token] = { deadline, text(write) }
  hold(row, live, concurrent)
  mark(KEYS[4], slice, write)
  tell(row)
  return found
end

local replies = answer(current, write)
for i = 5, #KEYS do
  local at = 4 * (i - 5) + 2
  replies[i - 1] = lock(KEYS[i], ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3])
end
return replies
