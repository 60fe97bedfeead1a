-- What the scripts on rows of one shard share, after common.lua and writes.lua. Their keys are 1 version, 2 region lock,
-- 3 newest write, 4 slices, 5 channel, 6... the rows. All that stands in rows is read at once, since each command that a script
-- calls costs Redis about as much as all of its Lua for one row.

-- What stands under the version, the region lock, the channel and each row; a value of another type counts as none.
local FOUND = redis.pcall('MGET', KEYS[1], KEYS[2], unpack(KEYS, 5))
if FOUND.err then
  FOUND = { value(KEYS[1]) or false, value(KEYS[2]) or false }
  for i = 5, #KEYS do FOUND[i - 2] = value(KEYS[i]) or false end
end
local CURRENT = seeded(KEYS[1], FOUND[1] or nil)
listened[KEYS[5]] = FOUND[3] ~= false
local HEAD = 'v' .. text(CURRENT) .. '|'

-- Whether a region lock stands. Readers take any bytes there for one, so what is none must go.
local function shard_locked()
  local bytes = FOUND[2] or nil
  local _, count = locked(bytes)
  if bytes and count == 0 then redis.call('DEL', KEYS[2]) end
  return count > 0
end

-- What stands in the row of a key's place among KEYS. One that comes twice may have been changed by this script.
local seen = {}
local function row_at(place)
  local key = KEYS[place]
  if seen[key] then return value(key) end
  seen[key] = true
  return FOUND[place - 2] or nil
end

-- What a row holds: absent, entry, dead, lock, tombstone or unreadable. A spent lock is absent.
local function kind(bytes)
  if not bytes then return 'absent' end
  if string.sub(bytes, 1, 9) == 'dormsig1:' then
    return string.sub(bytes, 75, 74 + #HEAD) == HEAD and 'entry' or 'dead'
  end
  if string.sub(bytes, 1, 10) == 'dormtomb1:' then return 'tombstone' end
  local _, count, _, sound = locked(bytes)
  if count > 0 then return 'lock' end
  return sound and 'absent' or 'unreadable'
end

-- Where an entry goes on behind its stamp: with its key, and its body.
local function behind_stamp(entry)
  local _, last = string.find(entry, '^v%d+|[^|]*|', 75)
  return last and last + 1
end

-- Whether an entry says what another one of its version does: their stamps, and so their signatures, never are alike.
local function same_value(one, other)
  local from, other_from = behind_stamp(one), behind_stamp(other)
  return from ~= nil and other_from ~= nil and string.sub(one, from) == string.sub(other, other_from)
end
