-- Step.UnlockRow, for rows of one shard: takes a token out of each row's lock after completion.
-- KEYS  1 version, 2 region lock, 3... the rows
-- ARGV  1 the tombstones' lease in ms, then for each row: token, the version that the lock replied, entry or '', its
--       time to live in ms (0: none)
-- Reply for each row 1 when the entry stands afterwards, else 0
-- Tells a row's key, unless this lock stood: then lock_rows has told it, and nobody has read an entry since
-- Rule  docs/protocol.md, Rows, Unlock: store only if nobody else can have written since the lock; else a tombstone.

local current = version(KEYS[1])
local known = text(current)
local region = shard_locked(KEYS[2])

local function unlock(row, token, locked_at, entry, ttl)
  local tombstone = 'dormtomb1:' .. token
  local bytes = value(row)
  if entry ~= '' and bytes == entry then return kind(bytes, current) == 'entry' and 1 or 0 end
  if bytes == tombstone then return 0 end

  local live, count, concurrent = locked(bytes)
  local mine = live[token]
  live[token] = nil
  if count > (mine and 1 or 0) then
    hold(row, live, true)
    return 0
  end
  if mine and not concurrent and not region and known == locked_at and entry ~= '' then
    store(row, entry, ttl)
    return 1
  end
  store(row, tombstone, ARGV[1])
  if not mine then tell(row) end
  return 0
end

local replies = {}
for i = 3, #KEYS do
  local at = 4 * (i - 3) + 2
  replies[i - 2] = unlock(KEYS[i], ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3])
end
return replies
