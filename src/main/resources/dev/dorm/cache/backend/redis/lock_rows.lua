-- Step.LockRow, for rows of one shard: replaces each by a lock before a commit.
-- KEYS  1 version, 2 region lock, 3 newest write, 4 slices, 5... the rows
-- ARGV  1 lease in ms, then for each row: token, slice, the latest time, in microseconds, or 0
-- Reply the moment, the version, then for each row 1 when it is locked, 0 when that came too late
-- Tells each row's key: near tiers hear of a write before its commit
-- Rule  docs/protocol.md, Rows, Lock: live tokens of others, or a region lock, make it concurrent.

local current = version(KEYS[1])
local region = shard_locked(KEYS[2])
local write = next_write(KEYS[3], KEYS[4])
local deadline = NOW + tonumber(ARGV[1])

local function lock(row, token, slice, latest)
  if too_late(latest) then return 0 end
  local live, count, concurrent = locked(value(row))
  if region or count > (live[token] and 1 or 0) then concurrent = true end
  live[token] = { deadline, text(write) }
  hold(row, live, concurrent)
  mark(KEYS[4], slice, write)
  tell(row)
  return 1
end

local replies = answer(current, write)
for i = 5, #KEYS do
  local at = 3 * (i - 5) + 2
  replies[i - 1] = lock(KEYS[i], ARGV[at], ARGV[at + 1], ARGV[at + 2])
end
return replies
