-- Step.UnlockRow: takes a token out of the row's lock after completion.
-- KEYS  1 version, 2 region lock, 3 row
-- ARGV  1 token, 2 the version that the lock replied, 3 entry or '', 4 its time to live in ms (0: none),
--       5 the tombstone's lease in ms
-- Reply 1 when the entry stands afterwards, else 0
-- Tells the row's key, unless this lock stood: then lock_row has told it, and nobody has read an entry since
-- Rule  docs/protocol.md, Rows, Unlock: store only if nobody else can have written since the lock; else a tombstone.

local current = version(KEYS[1])
local token, entry = ARGV[1], ARGV[3]
local tombstone = 'dormtomb1:' .. token
local bytes = value(KEYS[3])
if entry ~= '' and bytes == entry then return kind(bytes, current) == 'entry' and 1 or 0 end
if bytes == tombstone then return 0 end

local live, count, concurrent = locked(bytes)
local mine = live[token]
live[token] = nil
if count > (mine and 1 or 0) then
  hold(KEYS[3], live, true)
  return 0
end
local region = shard_locked(KEYS[2])
if mine and not concurrent and not region and text(current) == ARGV[2] and entry ~= '' then
  store(KEYS[3], entry, ARGV[4])
  return 1
end
store(KEYS[3], tombstone, ARGV[5])
if not mine then tell(KEYS[3]) end
return 0
