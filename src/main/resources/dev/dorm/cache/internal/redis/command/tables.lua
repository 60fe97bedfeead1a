-- What the scripts of the query clock share, after common.lua. A record is '<clock>|<token>=<deadline>...'.

-- A table's record: its clock (nil when absent or unreadable), its live tokens, and whether any is spent or malformed.
local function record(key)
  local digits, body = string.match(value(key) or '', '^(%d+)(.*)$')
  local clock = counter(digits)
  if not clock or (body ~= '' and string.sub(body, 1, 1) ~= '|') then return nil, {}, false end
  local live, _, sound, expired = tokens(body)
  return clock, live, expired or not sound
end

-- The clock's value, above which no record stands; the second reply tells whether it had to be set right.
local function clock_above(key, records)
  local found = counter(value(key))
  local clock = found or MICROS
  for _, each in ipairs(records) do
    if each.clock and each.clock > clock then clock, found = each.clock, nil end
  end
  return clock, not found
end

-- These keys never have a time to live: an expiry must not validate an older result.
local function put_record(key, clock, live)
  redis.call('SET', key, text(clock) .. list(live))
end

local function records_from(first)
  local records = {}
  for i = first, #KEYS do
    local clock, live, spent = record(KEYS[i])
    records[#records + 1] = { key = KEYS[i], clock = clock, live = live, spent = spent }
  end
  return records
end
