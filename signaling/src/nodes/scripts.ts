/** Every key and channel of Confab's begins like this. */
const PREFIX = 'confab:';

/** A meeting: a hash with its records, `owner` (the node that runs it) and `term` (how often that changed). */
export const meetingKey = (meetingId: string) => `${PREFIX}meeting:${meetingId}`;
export const meetingIdIn = (key: string) => key.slice(meetingKey('').length);

/** What a node has to tell other programs: a hash of events; the set of its meetings of which an end is to be told; the set of all nodes that have either. */
export const outboxKey = (node: string) => `${PREFIX}outbox:${node}`;
const startedKey = (node: string) => `${PREFIX}started:${node}`;
export const TELLERS = `${PREFIX}tellers`;

/** A node: the key that lives while it does, and the channel it listens to. */
export const nodeKey = (node: string) => `${PREFIX}node:${node}`;

/** What no owner has written to for so long is forgotten (milliseconds): much longer than an empty meeting lives and is remembered, or anybody sits still. */
export const FORGOTTEN_AFTER = 30 * 24 * 3_600_000;

// A meeting that was scheduled was given longer when that was written; what is written later must not take it back.
const extend = `
local function extend(key, life)
  if redis.call('PTTL', key) < tonumber(life) then redis.call('PEXPIRE', key, life) end
end`;

/** What is in a meeting's hash besides its records. */
export const NOT_RECORDS = ['owner', 'term'];

// Whoever's connection is gone has no listener any more; whoever stands still lets its key run out.
const isAlive = `
local function isAlive(node)
  local name = '${nodeKey('')}' .. node
  return redis.call('EXISTS', name) == 1 and redis.call('PUBSUB', 'NUMSUB', name)[2] > 0
end`;

/**
 * What has to happen in Redis as one step. Every write asks first whether the writer is still the meeting's owner: so a node that stood still
 * while another took its meeting over cannot write any more, whatever it believes.
 */
export const scripts = {
  /** KEYS: own node. ARGV: milliseconds to live, other nodes. Answers whether the key was still there, and who of the others is dead. */
  beat: `${isAlive}
local lived = redis.call('EXISTS', KEYS[1])
redis.call('SET', KEYS[1], '1', 'PX', ARGV[1])
local dead = {}
for i = 2, #ARGV do
  if not isAlive(ARGV[i]) then dead[#dead + 1] = ARGV[i] end
end
return { lived, dead }`,

  /**
   * KEYS: a meeting. ARGV: own node, '1' if it may become the owner, '1' if it tells of events. Answers with one of: unknown; ended, record; owned, by, record; free; taken,
   * term, the hash.
   */
  claim: `${isAlive}
if redis.call('EXISTS', KEYS[1]) == 0 then return { 'unknown' } end
local ended = redis.call('HGET', KEYS[1], 'ended')
if ended then return { 'ended', ended } end
local owner = redis.call('HGET', KEYS[1], 'owner')
local meeting = redis.call('HGET', KEYS[1], 'meeting') or ''
if owner and owner ~= ARGV[1] and isAlive(owner) then return { 'owned', owner, meeting } end
if ARGV[2] ~= '1' then return { 'free' } end
redis.call('HSET', KEYS[1], 'owner', ARGV[1])
if ARGV[3] == '1' and string.find(meeting, '"emptySince":null', 1, true) then
  redis.call('SADD', '${TELLERS}', ARGV[1])
  redis.call('SADD', '${startedKey('')}' .. ARGV[1], string.sub(KEYS[1], ${meetingKey('').length + 1}))
end
local term = redis.call('HINCRBY', KEYS[1], 'term', 1)
return { 'taken', term, redis.call('HGETALL', KEYS[1]) }`,

  /**
   * KEYS: meetings. ARGV: own node, and for each meeting: milliseconds to live, how many fields are set, how many taken away, fields and values,
   * fields. A meeting that nobody knows becomes the writer's; events go to the writer's outbox. Answers with those that are another's, of which nothing was written.
   */
  write: `${extend}
local started = '${startedKey('')}' .. ARGV[1]
local function isOf(event, name) return string.find(event, '"type":"' .. name .. '"', 1, true) end
local at, lost = 2, {}
for _, key in ipairs(KEYS) do
  local life, sets, gone = ARGV[at], tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  local first = at + 3
  at = first + 2 * sets + gone
  local owner = redis.call('HGET', key, 'owner')
  local isNew = redis.call('EXISTS', key) == 0
  if owner == ARGV[1] or isNew then
    if isNew and sets > 0 then redis.call('HSET', key, 'owner', ARGV[1], 'term', 1) end
    for i = first, first + 2 * sets - 1, 2 do
      if string.sub(ARGV[i], 1, 6) == 'event/' then
        local outbox = '${outboxKey('')}' .. ARGV[1]
        redis.call('HSET', outbox, string.sub(ARGV[i], 7), ARGV[i + 1])
        redis.call('PEXPIRE', outbox, '${FORGOTTEN_AFTER}')
        redis.call('SADD', '${TELLERS}', ARGV[1])
        local id = string.sub(key, ${meetingKey('').length + 1})
        if isOf(ARGV[i + 1], 'meeting.started') then redis.call('SADD', started, id)
        elseif isOf(ARGV[i + 1], 'meeting.ended') then redis.call('SREM', started, id) end
      else redis.call('HSET', key, ARGV[i], ARGV[i + 1]) end
    end
    for i = first + 2 * sets, at - 1 do redis.call('HDEL', key, ARGV[i]) end
    if redis.call('HLEN', key) <= 2 then redis.call('DEL', key) else extend(key, life) end
  else
    lost[#lost + 1] = key
  end
end
return lost`,

  /** KEYS: an outbox. ARGV: events that everybody has heard of. */
  forget: `
for _, event in ipairs(ARGV) do redis.call('HDEL', KEYS[1], event) end
return 0`,

  /**
   * KEYS: the set of tellers. ARGV: own node, milliseconds to live, '1' if an earlier answer may have been lost. Moves what dead nodes have left to the own node, and
   * answers with the events and with the meetings that have not ended: those that were moved, or all that are the own node's.
   */
  inherit: `${isAlive}
local own, events, meetings = '${outboxKey('')}' .. ARGV[1], {}, {}
local started = '${startedKey('')}' .. ARGV[1]
for _, node in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  if node ~= ARGV[1] and not isAlive(node) then
    local from = '${outboxKey('')}' .. node
    local all = redis.call('HGETALL', from)
    for i = 1, #all, 2 do
      redis.call('HSET', own, all[i], all[i + 1])
      events[#events + 1] = all[i + 1]
    end
    for _, id in ipairs(redis.call('SMEMBERS', '${startedKey('')}' .. node)) do
      redis.call('SADD', started, id)
      meetings[#meetings + 1] = id
    end
    redis.call('DEL', from, '${startedKey('')}' .. node)
    redis.call('SREM', KEYS[1], node)
    redis.call('SADD', KEYS[1], ARGV[1])
  end
end
redis.call('PEXPIRE', own, ARGV[2])
if ARGV[3] == '1' then return { redis.call('HVALS', own), redis.call('SMEMBERS', started) } end
return { events, meetings }`,

  /** KEYS: meetings. ARGV: own node, milliseconds to live. Answers for each: mine, gone or lost. */
  check: `${extend}
local found = {}
for i, key in ipairs(KEYS) do
  if redis.call('EXISTS', key) == 0 then found[i] = 'gone'
  elseif redis.call('HGET', key, 'owner') ~= ARGV[1] then found[i] = 'lost'
  else found[i] = 'mine' extend(key, ARGV[2]) end
end
return found`,

  /** KEYS: meetings. ARGV: own node, which gives up those that are its own. */
  release: `
for _, key in ipairs(KEYS) do
  if redis.call('HGET', key, 'owner') == ARGV[1] then redis.call('HDEL', key, 'owner') end
end
return 0`,
} as const;
export type ScriptName = keyof typeof scripts;
