-- What every script begins with. It reads the clock and defines the forms of RowFormat; it touches no key by itself.
-- Rules: deadlines are judged by this server's TIME; no number is ever printed in exponent form; whatever was forged
-- or damaged is taken over, never an error.

local TIME = redis.call('TIME')
local MICROS = tonumber(TIME[1]) * 1000000 + tonumber(TIME[2])
local NOW = math.floor(MICROS / 1000)
-- Nobody locks for longer than a lease (60 s); as much again is left for a server clock that was set back.
local FURTHEST = NOW + 120000
-- Counters are seeded from TIME and grow by one: a number a year ahead was not written by us.
local HIGHEST = MICROS + 366 * 86400 * 1000000
-- RowFormat.MOST_TOKENS: as many writers never hold one row or table at once.
local MOST = 1000

local function text(number)
  return string.format('%.0f', number)
end

-- What every script replies first: when it ran, and the number of the shard's newest write ('0': not told); then a number.
local function answer(number, written)
  return { text(MICROS), text(written or 0), text(number) }
end

-- A counter's value; nil when it is absent, garbage or out of reach.
local function counter(bytes)
  if not bytes or #bytes > 16 or not string.match(bytes, '^[1-9]%d*$') then return nil end
  local number = tonumber(bytes)
  return number <= HIGHEST and number or nil
end

-- The string under a key; nil when there is none, or a value of another type. Any other error is one: whoever may not read a
-- key must not take it for absent.
local function value(key)
  local reply = redis.pcall('GET', key)
  if type(reply) ~= 'table' or not reply.err then return reply or nil end
  -- In Redis's own words, with this line, which names the command.
  if not string.find(reply.err, 'WRONGTYPE', 1, true) then redis.call('GET', key) end
  return nil
end

-- Whether a registration stands under a channel's name: then somebody listens there. Each script reads it itself.
local listened = {}

-- Gives a registration another name: who finds that drops all rows of the shard. Its life stays what it was.
local function rename(channel)
  local token, number = string.match(value(channel) or '', '^([%w%-]+)%.(%d+)$')
  if token and #number <= 16 then
    local next_name = string.gsub(token, '^untold%-', '') .. '.' .. text(tonumber(number) + 1)
    redis.call('SET', channel, 'untold-' .. next_name, 'KEEPTTL')
  else
    redis.call('DEL', channel)
  end
end

-- Tells the near tiers that listen on a channel that a row, all rows and results under a version's key, or the results over a
-- table may no longer be what they hold. Where this caller may not publish, or scripts may not, the registration tells it.
local function tell(channel, key)
  if listened[channel] == nil then listened[channel] = value(channel) ~= nil end
  if not listened[channel] then return end
  local reply = redis.pcall('PUBLISH', channel, key)
  if type(reply) == 'table' and reply.err then
    rename(channel)
    -- That tells whatever else this script does there.
    listened[channel] = false
  end
end

-- Whether a step came after the latest time at which it may be taken ('0': none), by this server's clock.
local function too_late(latest)
  local micros = tonumber(latest) or 0
  return micros > 0 and MICROS > micros
end

-- When memory is full and nothing may be evicted, Redis refuses the first write of a script if that is a SET, but never
-- a DEL, nor anything behind it. Whether that was met:
local full = false

-- Stores a string unless memory is full; replies whether it did.
local function try_set(...)
  if full then return false end
  local reply = redis.pcall('SET', ...)
  full = reply.err ~= nil and string.find(reply.err, 'OOM', 1, true) ~= nil
  -- Whatever else was wrong is an error in Redis's own words.
  if reply.err and not full then redis.call('SET', ...) end
  return not full
end

-- Stores a string in any case: the first write of each script that guards rows or takes them away.
local function set(key, ...)
  if not try_set(key, ...) then
    redis.call('DEL', key)
    redis.call('SET', key, ...)
  end
end

-- What SET takes behind a value that stays for so many milliseconds (0: until deleted).
local function lifetime(ttl)
  if tonumber(ttl) ~= 0 then return 'PX', ttl end
end

local function store(key, bytes, ttl)
  redis.call('SET', key, bytes, lifetime(ttl))
end

-- The model version that was found, seeded from TIME when it is lost: it never comes back to a number that was used before.
local function seeded(key, found)
  local current = counter(found)
  if not current then
    current = MICROS
    set(key, text(current))
  end
  return current
end

local function version(key)
  return seeded(key, value(key))
end

local function bump(key)
  local number = version(key) + 1
  set(key, text(number))
  return number
end

-- Reads '|<token>=<deadline>...' into { token = { deadline, write } } of those alive, their number, whether all are well
-- formed, and whether any has passed its deadline. A deadline further away than any lease is no deadline of ours. What
-- locks a row has the number of its write behind a dot.
local function tokens(body)
  local live, count, sound, expired = {}, 0, true, false
  for field in string.gmatch(body, '[^|]+') do
    local token, digits, write = string.match(field, '^([%w%-]+)=(%d+)%.?(%d*)$')
    local deadline = token and #digits <= 15 and tonumber(digits)
    if not deadline or deadline > FURTHEST or count == MOST then
      sound = false
    elseif deadline <= NOW then
      expired = true
    elseif not live[token] then
      live[token] = { deadline, write }
      count = count + 1
    end
  end
  return live, count, sound, expired
end

-- The live tokens that lock a row or a shard, their number, and whether the lock is concurrent; the last reply tells
-- whether the bytes are a lock at all, if perhaps a spent one.
local function locked(bytes)
  local mark, body = string.match(bytes or '', '^dormlock1:([01])(.*)$')
  if not mark or (body ~= '' and string.sub(body, 1, 1) ~= '|') then return {}, 0, false, false end
  local live, count, sound = tokens(body)
  return live, count, mark == '1' and count > 0, sound
end

local function list(live)
  local names = {}
  for token in pairs(live) do names[#names + 1] = token end
  table.sort(names)
  local out = {}
  for i, token in ipairs(names) do
    local deadline, write = live[token][1], live[token][2]
    out[i] = '|' .. token .. '=' .. text(deadline) .. (write ~= '' and '.' .. write or '')
  end
  return table.concat(out)
end

-- Writes a lock. It has no time to live: what has one may be evicted under volatile-* policies. Spent, it counts as absent.
local function hold(key, live, concurrent)
  redis.call('SET', key, 'dormlock1:' .. (concurrent and '1' or '0') .. list(live))
end
