-- KEYS[1] content:idempotency:{key}
-- ARGV[1] id of the attempt
-- ARGV[2] 1 to delete the entry, because the attempt began nothing; else 0
-- returns 1 if the key is free; 0 if the attempt does not hold it, or the response is known

-- Lets the next attempt take the key. The entry keeps the id of the job, unless it is deleted.

local isJson, entry = pcall(cjson.decode, redis.pcall('GET', KEYS[1]))
if not isJson or type(entry) ~= 'table' or entry.holder ~= ARGV[1] then return 0 end
if ARGV[2] == '1' then return redis.call('DEL', KEYS[1]) end
entry.heldUntil = 0
redis.call('SET', KEYS[1], cjson.encode(entry), 'KEEPTTL')
return 1
