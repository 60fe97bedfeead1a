-- Proof that this server takes locks, and still has what it was given. It does what a lock does.
-- KEYS  1 the process's proof
-- ARGV  1 the number to keep, 2 for how long, in ms, 3 '', or anything else where scripts may not ask for the replication id:
--       then the caller asks before and behind this script, on the same connection
-- Reply the replication id, 1 for what is no master, the number that was kept until now, or 0
-- Rule  docs/protocol.md, Server epochs: a server is believed only while it takes locks.

local found = redis.call('GET', KEYS[1])
local before = tonumber(found or '') or 0
local info = ARGV[3]
if info == '' then
  info = redis.pcall('INFO', 'replication')
  if type(info) == 'table' then return redis.error_reply('NOINFO ' .. tostring(info.err)) end
end
-- A copy that comes late takes nothing back. A lock may be taken when memory is full: DEL is, and what follows it.
redis.call('DEL', KEYS[1])
redis.call('SET', KEYS[1], string.format('%.0f', math.max(before, tonumber(ARGV[1]))), 'PX', ARGV[2])
return {
  string.match(info, 'master_replid:(%x+)') or 'unknown',
  string.find(info, 'role:master', 1, true) and 0 or 1,
  string.format('%.0f', before)
}
