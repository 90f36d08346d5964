-- KEYS[1] content:draft:{eventDraftId}:job
-- ARGV[1] the expected value, '' for none
-- ARGV[2] the new value
-- ARGV[3] time to live (ms)
-- returns nil if the value was replaced, 1 if it replaced a key of another type, else the value that was found

local found = redis.pcall('GET', KEYS[1]) or ''
local isString = type(found) == 'string'
if isString and found ~= ARGV[1] then return found end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return not isString and 1
