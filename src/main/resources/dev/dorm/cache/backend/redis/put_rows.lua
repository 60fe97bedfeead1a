-- Step.PutRow: stores an entry that a transaction loaded.
-- KEYS  1 version, 2 region lock, 3 row
-- ARGV  1 the version known before the transaction began, 2 entry, 3 time to live in ms (0: none),
--       4 SHA-1 of the bytes that may be replaced, or '', 5 '1' when near tiers must not keep what they hold, else ''
-- Reply { code of PutReply.Outcome, current version, SHA-1 of a tombstone or unreadable bytes in the way, or '' }
-- Tells the row's key when it is asked to and the entry stands
-- Rule  docs/protocol.md, Rows, Put: nothing that was loaded before a write is stored after it.

local current = version(KEYS[1])
local function refused(code, found)
  return { code, text(current), found or '' }
end

if text(current) ~= ARGV[1] then return refused(1) end
if shard_locked(KEYS[2]) then return refused(2) end
local bytes = value(KEYS[3])
if bytes == ARGV[2] then
  if ARGV[5] == '1' then tell(KEYS[3]) end
  return refused(0)
end
local what = kind(bytes, current)
if what == 'lock' then return refused(3) end
if what ~= 'absent' and what ~= 'dead' then
  local digest = redis.sha1hex(bytes)
  if digest ~= ARGV[4] then
    if what == 'entry' then return refused(5) end
    return refused(4, digest)
  end
end
store(KEYS[3], ARGV[2], ARGV[3])
if ARGV[5] == '1' then tell(KEYS[3]) end
return { 0, text(current), '' }
