-- Step.PutRow, for rows of one shard: stores entries that a transaction loaded.
-- KEYS  1 version, 2 region lock, 3 newest write, 4 slices, 5 channel, 6... the rows
-- ARGV  1 the tombstones' lease in ms, then for each row: slice, the latest time, in microseconds, or 0, the version and the
--       newest write known before the transaction began, entry, time to live in ms (0: none), SHA-1 of the bytes that may
--       be replaced or '', '1' when near tiers must not keep what they hold or '', the token of who inserted the row or '',
--       '1' when an entry of an earlier version of the row may be replaced or ''
-- Reply the moment, then for each row: code of PutReply.Outcome, current version, SHA-1 of a tombstone or unreadable
--       bytes in the way or ''
-- Tells a row's key when it is asked to and the entry stands, and when an entry was replaced or taken away
-- Rule  docs/protocol.md, Rows, Put: nothing that was loaded before a write is stored after it. An insert
--       proves that what stands in the row's place is dead. Unless the row was written since, a later version of it
--       is newer than what stands.

local known = text(CURRENT)
local region = shard_locked()
local newest = newest_write(KEYS[3], KEYS[4])
local slices, told_newest = value(KEYS[4]), newest

-- The version of the row that an entry shows; nil for none, or for one that no number tells exactly.
local function row_version(entry)
  local digits = string.match(entry, '^v%d+|[^|;]*;(%d+)|', 75)
  return digits and #digits <= 15 and tonumber(digits) or nil
end

local function is_later(one, other)
  local before = row_version(other)
  return before ~= nil and (row_version(one) or -1) > before
end

local function put(place, slice, latest, began_at, written, entry, ttl, expected, _, token, replaces)
  local row = KEYS[place]
  local bytes = row_at(place)
  local what = kind(bytes)
  local later = false
  if token ~= '' then
    if what == 'entry' and not same_value(bytes, entry) then
      local write = next_write(KEYS[3], KEYS[4])
      local tombstone = 'dormtomb1:' .. token .. '.' .. text(write)
      store(row, tombstone, ARGV[1])
      mark(KEYS[4], slice, padded(write))
      slices, told_newest = value(KEYS[4]), write
      tell(KEYS[5], row)
      return 8, redis.sha1hex(tombstone)
    end
    if entry == '' then return 9 end
  end
  if too_late(latest) then return 6 end
  if known ~= began_at then return 1 end
  if region then return 2 end
  if what == 'lock' then return 3 end
  if what == 'absent' then
    if not unwritten(slices, slice, tonumber(written), newest) then return 7 end
  elseif what ~= 'dead' then
    local digest = (what ~= 'entry' or expected ~= '') and redis.sha1hex(bytes)
    if digest ~= expected then
      if what ~= 'entry' then return 4, digest end
      if same_value(bytes, entry) then return 0 end
      later = replaces == '1' and is_later(entry, bytes)
      if not later or not unwritten(slices, slice, tonumber(written), newest) then return 5 end
    end
  end
  if later then
    -- What stands must not stay.
    set(row, entry, lifetime(ttl))
  elseif not try_set(row, entry, lifetime(ttl)) then
    return 10
  end
  return 0, nil, later
end

local replies = { text(MICROS), '' }
for i = 6, #KEYS do
  local at, to = 10 * (i - 6) + 2, 3 * (i - 6) + 3
  local code, found, later = put(i, unpack(ARGV, at, at + 9))
  if code == 0 and (later or ARGV[at + 7] == '1') then tell(KEYS[5], KEYS[i]) end
  replies[to], replies[to + 1], replies[to + 2] = code, known, found or ''
end
replies[2] = text(told_newest)
return replies
