/** Every sentence of the page itself, in both languages. What the bot says comes from the server and is not here. */

const ZH = {
  brand: '护童',
  title: '护童 · 模拟器',
  banner: '模拟器：演示用，人物都是虚构的',
  skipToChat: '跳到聊天',
  peopleTitle: '今天扮演谁',
  roles: '身份',
  searchLabel: '按姓名、村名或账号查找',
  peopleLoading: '正在找人…',
  peopleNone: '没有找到。换个名字、村名或者账号试试。',
  peopleEmpty: '这里还没有人。',
  peopleMany: '先列出前50人。写上名字或村名，找得更准。',
  peopleFailed: '名单没有取到。',
  'role.director': '儿童主任',
  'role.supervisor': '督导员',
  'role.county': '市县',
  'role.guardian': '监护人',
  'role.carer': '照护人',
  'role.all': '全部',
  'one.director': '儿童主任',
  'one.supervisor': '督导员',
  'one.county': '市县',
  'one.guardian': '监护人',
  'one.carer': '照护人',
  openClock: '看时间，拨时钟',
  backToPeople: '回到选人',
  backToBefore: '返回',
  chatEmptyTitle: '先选一个人，再开始说话',
  chatEmptyHint: '您会看到这个人在微信里看到的一切。',
  conversation: '聊天记录',
  personSaid: '这个人说',
  botSaid: '护童说',
  logLoading: '正在取聊天记录…',
  logEmpty: '还没有说过话。点一个常用的话，或者写一句。',
  logFailed: '聊天记录没有取到。',
  typing: '正在回复',
  toLatest: '有新消息 ↓',
  quickWords: '常用的话',
  urgent: '紧急',
  writeHere: '在这里写',
  send: '发送',
  attach: '发语音或照片',
  record: '录一段语音',
  recordTitle: '录音',
  recordPreview: '刚才录的语音',
  recordingNow: '正在录音，最长{limit}秒。',
  recordTime: '{s}秒',
  recordedNow: '录好了。可以先听一遍，再发出去。',
  recordStop: '说完了',
  recordSend: '发送语音',
  recordDrop: '不要了',
  micRefused: '没有用上麦克风。请在浏览器里允许这个页面用麦克风；也可以点“＋”发一个录音文件。',
  micMissing: '这台设备没有找到麦克风。可以点“＋”发一个录音文件。',
  micInsecure: '这个地址不是 https，浏览器不让用麦克风。可以点“＋”发一个录音文件。',
  micFailed: '没有录成。请再试一次，或者点“＋”发一个录音文件。',
  'file.voice': '语音',
  amrSave: '这段语音是 AMR 格式，浏览器放不出来。点这里存下来，用手机或播放器听。',
  'file.photo': '照片',
  sending: '正在发送',
  notSent: '没有发出去。',
  unsureSent: '没有等到回音。再发一次不会记两遍。',
  sendAgain: '再发一次',
  tryAgain: '再试一次',
  'lane.urgent': '紧急',
  'lane.reminder': '提醒',
  'lane.broadcast': '通知',
  optionsLabel: '可以点的回答',
  clockAndDeeds: '时间和系统记录',
  clockTitle: '业务时间',
  clockTo: '拨到这个时间（北京时间）',
  clockGo: '出发',
  jumps: '把时间往前拨',
  'jump.hour': '+1小时',
  'jump.morning': '明早8点',
  'jump.day': '+1天',
  'jump.month': '下个月1日',
  clockHint: '时间只能往前走。路上该做的事，系统会按顺序做完。',
  clockRunning: '正在走到 {when}，路上的事一件一件做…',
  clockArrived: '到了 {when}。发出了 {sent} 条。',
  clockNoDate: '请先选好日期和时间。',
  clockFailed: '时钟没有拨动。',
  clockBusy: '还在走，请等一下。',
  deedsTitle: '系统自己做了什么',
  deedsLoading: '正在取记录…',
  deedsEmpty: '还没有。把时间往前拨一拨，就会看到提醒和上报。',
  deedsFailed: '记录没有取到。',
  offline: '连不上服务。正在自动重试，写好的字不会丢。',
  offlineNetwork: '这台设备没有网络。连上以后会自动继续。',
  refused: '服务没有办成这件事。请再试一次。',
};

const EN = {
  brand: 'Hutong',
  title: 'Hutong · simulator',
  banner: 'Simulator: a demo with invented people',
  skipToChat: 'Skip to the chat',
  peopleTitle: 'Who are you today?',
  roles: 'Role',
  searchLabel: 'Search by name, village or account',
  peopleLoading: 'Looking for people…',
  peopleNone: 'Nobody found. Try another name, village or account.',
  peopleEmpty: 'Nobody here yet.',
  peopleMany: 'The first 50 people. Type a name or a village to narrow it down.',
  peopleFailed: 'The list could not be loaded.',
  'role.director': 'Directors',
  'role.supervisor': 'Supervisors',
  'role.county': 'County desk',
  'role.guardian': 'Guardians',
  'role.carer': 'Carers',
  'role.all': 'Everybody',
  'one.director': 'Director',
  'one.supervisor': 'Supervisor',
  'one.county': 'County desk',
  'one.guardian': 'Guardian',
  'one.carer': 'Carer',
  openClock: 'See and move the clock',
  backToPeople: 'Back to the people',
  backToBefore: 'Back',
  chatEmptyTitle: 'Choose a person, then start talking',
  chatEmptyHint: 'You will see everything this person sees in their chat.',
  conversation: 'Conversation',
  personSaid: 'This person says',
  botSaid: 'Hutong says',
  logLoading: 'Loading the conversation…',
  logEmpty: 'Nothing said yet. Tap a quick word, or write a sentence.',
  logFailed: 'The conversation could not be loaded.',
  typing: 'Replying',
  toLatest: 'New message ↓',
  quickWords: 'Quick words',
  urgent: 'Urgent',
  'gloss.待办': 'to do',
  'gloss.走访': 'visit',
  'gloss.联系': 'contact',
  'gloss.菜单': 'menu',
  'gloss.预警': 'alerts',
  'gloss.逾期': 'overdue',
  'gloss.台账': 'register',
  'gloss.值班': 'on duty',
  'gloss.求助': 'ask for help',
  'gloss.帮助': 'how it works',
  writeHere: 'Write here',
  send: 'Send',
  attach: 'Send a voice message or a photo',
  record: 'Record a voice message',
  recordTitle: 'Recording',
  recordPreview: 'What you just recorded',
  recordingNow: 'Recording, at most {limit} seconds.',
  recordTime: '{s} s',
  recordedNow: 'Recorded. Listen to it first, then send it.',
  recordStop: 'Done',
  recordSend: 'Send it',
  recordDrop: 'Throw it away',
  micRefused:
    'The microphone was not allowed. Allow it for this page in the browser, or send a recording with “＋”.',
  micMissing: 'No microphone was found here. You can send a recording with “＋”.',
  micInsecure:
    'This address is not https, so the browser gives no microphone. You can send a recording with “＋”.',
  micFailed: 'Nothing was recorded. Please try again, or send a recording with “＋”.',
  'file.voice': 'Voice message',
  amrSave:
    'This voice message is in AMR, which the browser cannot play. Save it and listen on a phone or a player.',
  'file.photo': 'Photo',
  sending: 'Sending',
  notSent: 'Not sent.',
  unsureSent: 'No answer came back. Sending again never records it twice.',
  sendAgain: 'Send again',
  tryAgain: 'Try again',
  'lane.urgent': 'Urgent',
  'lane.reminder': 'Reminder',
  'lane.broadcast': 'Notice',
  optionsLabel: 'Answers you can tap',
  clockAndDeeds: 'Clock and system log',
  clockTitle: 'Business time',
  clockTo: 'Move to this time (Beijing time)',
  clockGo: 'Go',
  jumps: 'Move the clock forward',
  'jump.hour': '+1 hour',
  'jump.morning': 'Tomorrow 8:00',
  'jump.day': '+1 day',
  'jump.month': '1st of next month',
  clockHint: 'Time only moves forward. Whatever falls due on the way is done in order.',
  clockRunning: 'On the way to {when}, doing what falls due…',
  clockArrived: 'It is {when}. {sent} sent on the way.',
  clockNoDate: 'Please choose a date and a time first.',
  clockFailed: 'The clock did not move.',
  clockBusy: 'Still on the way, please wait.',
  deedsTitle: 'What the system did by itself',
  deedsLoading: 'Loading…',
  deedsEmpty: 'Nothing yet. Move the clock forward and reminders and escalations appear here.',
  deedsFailed: 'The log could not be loaded.',
  offline: 'The service cannot be reached. Trying again; what you wrote is kept.',
  offlineNetwork: 'This device is offline. It continues by itself once connected.',
  refused: 'The service could not do this. Please try again.',
};

const LANGUAGES = { 'zh-CN': ZH, en: EN };
const REMEMBERED_AS = 'hutong.simulator.language';

function remembered() {
  try {
    return localStorage.getItem(REMEMBERED_AS);
  } catch {
    return null; // storage switched off: the page works, it just forgets
  }
}

let language = remembered() === 'en' ? 'en' : 'zh-CN';

export const currentLanguage = () => language;

/** Switches to the other language and keeps the choice for the next visit. */
export function switchLanguage() {
  language = language === 'en' ? 'zh-CN' : 'en';
  try {
    localStorage.setItem(REMEMBERED_AS, language);
  } catch {
    // see remembered()
  }
}

/** The sentence for a key, with {names} filled in. An unknown key shows itself, so that it is noticed. */
export function say(key, values = {}) {
  const sentence = LANGUAGES[language][key] ?? key;
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** Writes the sentences into the parts of the page that never change otherwise. */
export function fillPage(root) {
  document.documentElement.lang = language;
  document.title = say('title');
  for (const node of root.querySelectorAll('[data-words]')) node.textContent = say(node.dataset.words);
  for (const node of root.querySelectorAll('[data-words-label]')) {
    node.setAttribute('aria-label', say(node.dataset.wordsLabel));
  }
  for (const node of root.querySelectorAll('[data-words-placeholder]')) {
    node.setAttribute('placeholder', say(node.dataset.wordsPlaceholder));
  }
}
