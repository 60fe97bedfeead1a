-- What the scripts share that count the writes of a shard, after common.lua. Each lock and each unlock of rows is a write,
-- and has a number. The slices are one string: of each of 256 slices the number of its last write, in 16 digits, and a dot.
-- Rule: these keys may be lost as any other; then the newest number passes all that were used, and every row counts as
-- written just now.

local SLICES, DIGITS = 256, 16
local LENGTH = SLICES * DIGITS + 1
-- Step.TOMBSTONE_LEASE: whoever began before a write that is as old as this is too old to put.
local LEASE = 60000000

-- The bytes from a place in the slices; '' where there are none.
local function piece(key, from, length)
  local reply = redis.pcall('GETRANGE', key, from, from + length - 1)
  if type(reply) == 'string' then return reply end
  return string.sub(value(key) or '', from + 1, from + length)
end

local function whole(slices)
  return piece(slices, LENGTH - 1, 2) == '.'
end

-- A number as it stands in the slices.
local function padded(number)
  return string.format('%016.0f', number)
end

local function all_at(slices, digits)
  redis.call('SET', slices, string.rep(digits, SLICES) .. '.')
end

local function highest(slices)
  local bytes, found = value(slices) or '', 0
  for at = 1, #bytes - DIGITS, DIGITS do
    found = math.max(found, counter(string.sub(bytes, at, at + DIGITS - 1)) or 0)
  end
  return found
end

-- The number of a new write.
local function next_write(key, slices)
  local number = math.max((counter(value(key)) or highest(slices)) + 1, MICROS)
  set(key, text(number))
  return number
end

-- The number of the newest write; one that passes all that were used, when it or the slices were lost.
local function newest_write(key, slices)
  local number = counter(value(key))
  if number and whole(slices) then return number end
  number = next_write(key, slices)
  if not whole(slices) then all_at(slices, padded(number)) end
  return number
end

-- Says that a row of a slice is written now, by the write with these digits.
local function mark(slices, slice, digits)
  local reply = redis.pcall('SETRANGE', slices, DIGITS * slice, digits)
  if reply == LENGTH then return end
  local found = type(reply) == 'table' and value(slices) or ''
  if #found == LENGTH then
    local at = DIGITS * slice
    redis.call('SET', slices, string.sub(found, 1, at) .. digits .. string.sub(found, at + DIGITS + 1))
  else
    all_at(slices, digits)
  end
end

-- Whether no row of a slice was written since somebody knew of a write: of one that stands, and of all before it.
local function unwritten(bytes, slice, known, newest)
  local last = counter(string.sub(bytes, DIGITS * slice + 1, DIGITS * (slice + 1)))
  return last ~= nil and known <= newest and (last <= known or last + LEASE <= MICROS)
end
