-- What the scripts that renew share, after common.lua.

-- The name of this server's replication history: another one after each restart, and after each failover. A server that
-- does not tell it counts as one that never restarts.
local function incarnation()
  return string.match(redis.call('INFO', 'replication'), 'master_replid:(%x+)') or 'unknown'
end
