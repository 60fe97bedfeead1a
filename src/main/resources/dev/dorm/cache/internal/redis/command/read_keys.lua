-- Reads strings at once, where MGET is refused.
-- KEYS  what to read
-- Reply as MGET's: what stands under each key, or nothing where there is none, or a value of another type

local found = {}
for i, key in ipairs(KEYS) do found[i] = value(key) or false end
return found
