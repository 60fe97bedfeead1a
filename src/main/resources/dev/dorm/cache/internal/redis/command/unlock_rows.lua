-- Step.UnlockRow, for rows of one shard: takes a token out of each row's lock after completion.
-- KEYS  1 version, 2 region lock, 3 newest write, 4 slices, 5 channel, 6... the rows
-- ARGV  1 the tombstones' lease in ms, then for each row: token, slice, the number of the lock, the version that
--       the lock replied, entry or '', its time to live in ms (0: none)
-- Reply the moment, then for each row 1 when the entry stands afterwards, else 0
-- Tells a row's key, unless this lock stood: then lock_rows has told it, and nobody has read an entry since
-- Rule  docs/protocol.md, Rows, Unlock: store only if nobody else can have written since the lock, and memory is not full;
--       else a tombstone.

local known = text(CURRENT)
local region = shard_locked()
local write = next_write(KEYS[3], KEYS[4])
local number, digits = text(write), padded(write)

local function unlock(place, token, slice, lock, locked_at, entry, ttl)
  local row = KEYS[place]
  local tombstone = 'dormtomb1:' .. token .. '.'
  local bytes = row_at(place)
  if entry ~= '' and bytes == entry then return kind(bytes) == 'entry' and 1 or 0 end
  if bytes and string.sub(bytes, 1, #tombstone) == tombstone then return 0 end

  mark(KEYS[4], slice, digits)
  local live, count, concurrent = locked(bytes)
  local mine = live[token]
  live[token] = nil
  if count > (mine and 1 or 0) then
    hold(row, live, true)
    return 0
  end
  local alone = mine and mine[2] == lock and not concurrent and not region
  if alone and known == locked_at and entry ~= '' and not full then
    store(row, entry, ttl)
    return 1
  end
  store(row, tombstone .. number, ARGV[1])
  if not mine then tell(KEYS[5], row) end
  return 0
end

local replies = { text(MICROS), number }
for i = 6, #KEYS do
  replies[i - 3] = unlock(i, unpack(ARGV, 6 * (i - 6) + 2, 6 * (i - 6) + 7))
end
return replies
