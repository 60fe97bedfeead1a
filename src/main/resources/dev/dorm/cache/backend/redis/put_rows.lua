-- Step.PutRow, for rows of one shard: stores entries that a transaction loaded.
-- KEYS  1 version, 2 region lock, 3 newest write, 4... the rows
-- ARGV  1 the tombstones' lease in ms, then for each row: the version known before the transaction began, entry, time to
--       live in ms (0: none), SHA-1 of the bytes that may be replaced or '', '1' when near tiers must not keep what they
--       hold or '', the token of who inserted the row or ''
-- Reply the moment, then for each row: code of PutReply.Outcome, current version, SHA-1 of a tombstone or unreadable bytes in the way
--       or ''
-- Tells a row's key when it is asked to and the entry stands, and when an entry was taken away
-- Rule  docs/protocol.md, Rows, Put: nothing that was loaded before a write is stored after it. An insert
--       proves that what stands in the row's place is dead.

local current = version(KEYS[1])
local known = text(current)
local region = shard_locked(KEYS[2])

local function put(row, began_at, entry, ttl, expected, token)
  local bytes = value(row)
  local what = kind(bytes, current)
  if token ~= '' then
    if what == 'entry' and not same_value(bytes, entry) then
      local tombstone = 'dormtomb1:' .. token .. '.' .. text(next_write(KEYS[3]))
      store(row, tombstone, ARGV[1])
      tell(row)
      return 6, redis.sha1hex(tombstone)
    end
    if entry == '' then return 7 end
  end
  if known ~= began_at then return 1 end
  if region then return 2 end
  if what == 'lock' then return 3 end
  if what ~= 'absent' and what ~= 'dead' then
    local digest = redis.sha1hex(bytes)
    if digest ~= expected then
      if what == 'entry' then return same_value(bytes, entry) and 0 or 5 end
      return 4, digest
    end
  end
  store(row, entry, ttl)
  return 0
end

local replies = { text(MICROS), '' }
for i = 4, #KEYS do
  local at, to = 6 * (i - 4) + 2, 3 * (i - 3)
  local code, found = put(KEYS[i], ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3], ARGV[at + 5])
  if code == 0 and ARGV[at + 4] == '1' then tell(KEYS[i]) end
  replies[to], replies[to + 1], replies[to + 2] = code, known, found or ''
end
replies[2] = text(written(KEYS[3]))
return replies
