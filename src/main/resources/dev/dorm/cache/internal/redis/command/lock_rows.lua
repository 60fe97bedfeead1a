-- Step.LockRow, for rows of one shard: replaces each by a lock before a commit.
-- KEYS  1 version, 2 region lock, 3 newest write, 4 slices, 5 channel, 6... the rows
-- ARGV  1 lease in ms, then for each row: token, slice, the signature's first digits of the entry that is expected or '',
--       the latest time, in microseconds, or 0
-- Reply the moment, the version, then for each row 1 when that entry stood there, 2 when the token's own lock did, -1 when
--       the lock came too late and was not taken, else 0
-- Tells each row's key: near tiers learn of a write before its commit
-- Rule  docs/protocol.md, Rows, Lock: live tokens of others, or a region lock, make it concurrent;
--       the entry that the state was taken from proves that nobody has written since.

local region = shard_locked()
local write = next_write(KEYS[3], KEYS[4])
local number, digits = text(write), padded(write)
local deadline = NOW + tonumber(ARGV[1])
local hold_until = '=' .. text(deadline) .. '.' .. number

local function lock(place, token, slice, expected, latest)
  if too_late(latest) then return -1 end
  local row = KEYS[place]
  local bytes = row_at(place)
  local live, count, concurrent = locked(bytes)
  local found = 0
  if live[token] then
    found = 2
  elseif expected ~= '' and kind(bytes) == 'entry' and string.sub(bytes, 10, 9 + #expected) == expected then
    found = 1
  end
  if count == 0 then
    -- As hold would write it, of one token.
    redis.call('SET', row, 'dormlock1:' .. (region and '1' or '0') .. '|' .. token .. hold_until)
  else
    if region or count > (live[token] and 1 or 0) then concurrent = true end
    live[token] = { deadline, number }
    hold(row, live, concurrent)
  end
  mark(KEYS[4], slice, digits)
  tell(KEYS[5], row)
  return found
end

local replies = answer(CURRENT, write)
for i = 6, #KEYS do
  replies[i - 2] = lock(i, unpack(ARGV, 4 * (i - 6) + 2, 4 * (i - 6) + 5))
end
return replies
