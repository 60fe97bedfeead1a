-- Registers a near tier on channels of one slot: from then on the scripts that lock tell what they do there.
-- KEYS  the channels
-- ARGV  1 how long a registration stands, in ms, 2 a token that no other call has
-- Reply for each channel the name of its registration: one that is made anew has another
-- Rule  docs/protocol.md, Near tier: whoever finds another name than before was not told of everything.

local function is_name(bytes)
  return bytes ~= nil and #bytes <= 64 and string.match(bytes, '^[%w%-]+%.%d+$') ~= nil
end

local names = {}
for i, channel in ipairs(KEYS) do
  local name = value(channel)
  -- This call may arrive once more, when what it has made is gone again: the time tells the two apart.
  if not is_name(name) then name = ARGV[2] .. '.' .. text(MICROS) end
  set(channel, name, 'PX', ARGV[1])
  names[i] = name
end
return names
