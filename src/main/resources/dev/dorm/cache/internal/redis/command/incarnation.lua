-- What the scripts that renew share, after common.lua.
-- ARGV  1 '', or a name that the caller gave a loss of writes that it has found: the server's id is the same then
--       2 '', or the server's id as it was told on this connection, where scripts may not ask for it

-- The name of this server's replication history: another one after each restart, and after each failover. Of a server that
-- does not tell it each caller has a name of its own.
local function incarnation()
  local id = ARGV[2]
  if id == '' then
    local info = redis.pcall('INFO', 'replication')
    if type(info) == 'table' then error('NOINFO ' .. tostring(info.err)) end
    id = string.match(info, 'master_replid:(%x+)') or 'unknown'
  end
  return ARGV[1] == '' and id or id .. '.' .. ARGV[1]
end

-- Whether what was renewed under one name was so under another. Who knows of no loss agrees with who does.
local function is_same(renewed, now)
  return renewed == now or ARGV[1] == '' and string.sub(renewed or '', 1, #now + 1) == now .. '.'
end
