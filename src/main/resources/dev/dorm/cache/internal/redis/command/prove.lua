-- Proof that this server takes locks, and still has what it was given. It does what a lock does.
-- KEYS  1 the process's proof
-- ARGV  1 the number to keep, 2 for how long, in ms
-- Reply the replication id, 1 for a replica, the number that was kept until now, or 0
-- Rule  docs/protocol.md, Server epochs: a server is believed only while it takes locks.

local found = redis.call('GET', KEYS[1])
local before = tonumber(found or '') or 0
local info = redis.call('INFO', 'replication')
-- A copy that comes late takes nothing back. A lock may be taken when memory is full: DEL is, and what follows it.
redis.call('DEL', KEYS[1])
redis.call('SET', KEYS[1], string.format('%.0f', math.max(before, tonumber(ARGV[1]))), 'PX', ARGV[2])
return {
  string.match(info, 'master_replid:(%x+)') or 'unknown',
  string.find(info, 'role:slave', 1, true) and 1 or 0,
  string.format('%.0f', before)
}
