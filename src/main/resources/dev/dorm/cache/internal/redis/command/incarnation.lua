-- What the scripts that renew share, after common.lua.
-- ARGV  1 '', or a name that the caller gave a loss of writes that it has found: the server's id is the same then

-- The name of this server's replication history: another one after each restart, and after each failover. A server that
-- does not tell it counts as one that never restarts.
local function incarnation()
  local id = string.match(redis.call('INFO', 'replication'), 'master_replid:(%x+)') or 'unknown'
  return ARGV[1] == '' and id or id .. '.' .. ARGV[1]
end

-- Whether what was renewed under one name was so under another. Who knows of no loss agrees with who does.
local function is_same(renewed, now)
  return renewed == now or ARGV[1] == '' and string.sub(renewed or '', 1, #now + 1) == now .. '.'
end
