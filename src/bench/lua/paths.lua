-- The paths of a file, one a line, again and again: ARGS method, file
dofile(debug.getinfo(1, 'S').source:match('@(.*/)') .. 'result.lua')

local requests = {}
local last = 0

function init(args)
    local headers = args[1] == 'POST' and { ['Content-Length'] = '0' } or {}
    for path in io.lines(args[2]) do
        requests[#requests + 1] = wrk.format(args[1], path, headers)
    end
end

function request()
    last = last % #requests + 1
    return requests[last]
end
