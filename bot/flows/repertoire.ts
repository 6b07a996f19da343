import type { Repertoire } from '../dialog/flow.ts';
import { away, awayWord, back, backWord } from './away.ts';
import { mendAway, mendAwayWord } from './mend-away.ts';
import { obstacle, obstacleWord } from './obstacle.ts';
import {
  agreeWord,
  directorGoesWord,
  disagreeWord,
  iGoWord,
  requestsWord,
  villageGoesWord,
} from './requests.ts';
import { askDanger } from './ask-danger.ts';
import { askHelpWord, askWhom } from './ask-whom.ts';
import { callMeWord } from './call-me.ts';
import { callMadeWord, callOutcome } from './call-made.ts';
import { bind, bindWord, unbind, unbindWord, withdrawConsentWord } from './bind.ts';
import { bindingsWord, isThemWord, notThemWord } from './bindings.ts';
import { invite, inviteWord } from './invite.ts';
import { concern } from './concern.ts';
import * as campaign from './campaign.ts';
import { leftOfCampaignWord, leftOfVisitsWord, remindCampaignWord } from './campaign-progress.ts';
import { noticeDanger } from './danger-noticed.ts';
import { drillWord } from './drill.ts';
import { childWrote } from './child-writes.ts';
import { elderModeForWord, elderModeWord, usualModeWord } from './elder-mode.ts';
import * as everyday from './everyday.ts';
import { cardWord } from './child-card.ts';
import { correct, correctWord } from './correct.ts';
import { historyWord } from './history.ts';
import {
  changePhoneWord,
  familyAskDoneWord,
  familyAskOutcome,
  familyAsksWord,
  keepPhoneWord,
} from './family-asks.ts';
import { familyLeaves } from './family-leaves.ts';
import { familyLetter, familyLetterWord } from './family-letter.ts';
import { familyPhone } from './family-phone.ts';
import { familySaid, pleads } from './family-said.ts';
import { feedback, feedbackWord, readFeedbackWord } from './feedback.ts';
import { understandFreeWords } from './free-words.ts';
import { linkingSettings, linkWord } from './link.ts';
import { backFromLeaveWord, leave, leaveWord } from './leave.ts';
import { followUp, followUpWord, lookDayWord, lookDropWord } from './follow-up.ts';
import { forwardAllWord, forwardLostWord, forwardToldWord, forwardWord } from './forward.ts';
import { looksAt } from './looks-at.ts';
import { newSafetyEventWord, safetyEvent, safetyEventsWord } from './safety-event.ts';
import { askAfterNoticeWord, knownWord, noticeSourceWord, readWord } from './notice-known.ts';
import { storm, stormWord } from './storm.ts';
import { schoolBreak } from './school-break.ts';
import { calendarWord, fillCalendarWord, verifyCalendar, verifyCalendarWord } from './school-calendar.ts';
import { noContact, noContactWord } from './no-contact.ts';
import { dutyChange, enterDutyWord, swapWord } from './duty-change.ts';
import { dutyRosterWord } from './duty-roster.ts';
import { nudgeAgainWord, nudgeCalledWord, nudgeQuietWord } from './nudge-answers.ts';
import { numbersWord } from './numbers.ts';
import { openReport, urgentWord } from './open-report.ts';
import { notice, noticeWord, recallNoticeWord } from './notice.ts';
import { recordContact } from './record-contact.ts';
import { recordVisit } from './record-visit.ts';
import { paperLinesFlow } from './paper-lines.ts';
import { printWord } from './print.ts';
import { callAboveWord, callDirectorWord, myDirectorWord } from './my-director.ts';
import { nationalTextWord } from './national-text.ts';
import { promise } from './promise.ts';
import { endReport, endReportWord, tellReporter, tellReporterWord } from './report-end.ts';
import { reportStep, reportStepWord } from './report-step.ts';
import { reportKindFlow, reportKindWord } from './report-kind.ts';
import { reportTextsWord } from './report-texts.ts';
import * as reports from './reports.ts';
import { routeWord } from './route.ts';
import { unreachedChildrenWord, unreachedWord } from './reachability.ts';
import { receive } from './receive.ts';
import { visitAcceptWord, visitCancelWord, visitKeepWord } from './visit-answers.ts';
import { visitHomeWord, visitWish, visitWishWord } from './visit-family.ts';
import { visitPlan, visitPlanWord } from './visit-plan.ts';
import { voiceNote } from './voice-note.ts';
import { placeSent } from './place-sent.ts';
import { listenWord, voiceWordsWord } from './listen.ts';
import { settings, settingsWord } from './settings.ts';
import { recordTrip } from './trip.ts';
import { whatWasDone } from './what-was-done.ts';
import * as supervising from './supervising.ts';
import { subscribeWord, tipUsefulWord, tipUselessWord, tipWord, unsubscribeWord } from './tips.ts';
import { logWord } from './work-log.ts';
import { talkNowWord } from './talk-now.ts';
import { todoWord } from './todo-list.ts';
import { undoWord } from './undo.ts';
import { worriesOver, worry } from './worry-said.ts';

/** Everything the bot can talk about. A new flow or word is added here and nowhere else. */
export const repertoire: Repertoire = {
  flows: [
    recordVisit,
    recordContact,
    concern,
    worry,
    callOutcome,
    askDanger,
    askWhom,
    familyAskOutcome,
    familyLeaves,
    familyPhone,
    openReport,
    reportStep,
    reportKindFlow,
    dutyChange,
    endReport,
    tellReporter,
    feedback,
    noContact,
    voiceNote,
    placeSent,
    correct,
    settings,
    leave,
    paperLinesFlow,
    followUp,
    promise,
    away,
    back,
    mendAway,
    obstacle,
    recordTrip,
    whatWasDone,
    notice,
    bind,
    unbind,
    invite,
    storm,
    schoolBreak,
    verifyCalendar,
    safetyEvent,
    visitPlan,
    visitWish,
    familyLetter,
  ],
  urgent: urgentWord,
  commands: [
    reports.acknowledgeWord,
    reports.viewWord,
    reportStepWord,
    reportKindWord,
    reportTextsWord,
    endReportWord,
    tellReporterWord,
    callMadeWord,
    talkNowWord,
    reports.alertsWord,
    supervising.overdueWord,
    supervising.ledgerWord,
    drillWord,
    supervising.onDutyWord,
    enterDutyWord,
    swapWord,
    unreachedWord,
    unreachedChildrenWord,
    dutyRosterWord,
    numbersWord,
    calendarWord,
    fillCalendarWord,
    verifyCalendarWord,
    safetyEventsWord,
    newSafetyEventWord,
    supervising.consoleWord,
    noticeWord,
    campaign.campaignWord,
    campaign.campaignListWord,
    campaign.sendCampaignWord,
    campaign.declineCampaignWord,
    campaign.campaignAgesWord,
    remindCampaignWord,
    leftOfCampaignWord,
    leftOfVisitsWord,
    stormWord,
    forwardAllWord,
    forwardToldWord,
    forwardLostWord,
    forwardWord,
    knownWord,
    readWord,
    noticeSourceWord,
    askAfterNoticeWord,
    todoWord,
    followUpWord,
    lookDayWord,
    lookDropWord,
    nationalTextWord,
    logWord,
    cardWord,
    routeWord,
    printWord,
    noContactWord,
    listenWord,
    familyAsksWord,
    familyAskDoneWord,
    changePhoneWord,
    keepPhoneWord,
    voiceWordsWord,
    visitPlanWord,
    visitAcceptWord,
    visitKeepWord,
    visitCancelWord,
    familyLetterWord,
    visitHomeWord,
    visitWishWord,
    nudgeCalledWord,
    nudgeQuietWord,
    nudgeAgainWord,
    everyday.visitWord,
    everyday.contactWord,
    everyday.lateRecordWord,
    correctWord,
    awayWord,
    backWord,
    mendAwayWord,
    obstacleWord,
    requestsWord,
    agreeWord,
    disagreeWord,
    iGoWord,
    villageGoesWord,
    directorGoesWord,
    historyWord,
    recallNoticeWord,
    undoWord,
    everyday.resumeWord,
    everyday.menuWord,
    everyday.helpWord,
    bindWord,
    unbindWord,
    withdrawConsentWord,
    inviteWord,
    bindingsWord,
    isThemWord,
    notThemWord,
    askHelpWord,
    myDirectorWord,
    callDirectorWord,
    callAboveWord,
    unsubscribeWord,
    subscribeWord,
    elderModeWord,
    usualModeWord,
    elderModeForWord,
    tipWord,
    tipUsefulWord,
    tipUselessWord,
    everyday.englishWord,
    everyday.chineseWord,
    settingsWord,
    leaveWord,
    backFromLeaveWord,
    feedbackWord,
    readFeedbackWord,
  ],
  understand: (input) => familySaid(input) ?? understandFreeWords(input),
  worries: (input) => childWrote(input) ?? pleads(input) ?? worriesOver(input),
  lost: everyday.lostReply,
  receive,
  notices: noticeDanger,
  looksAt,
};

/** The same where people can also be reached on a channel that knows nobody by itself. */
export const linkingRepertoire: Repertoire = {
  ...repertoire,
  flows: repertoire.flows.map((flow) => (flow.id === linkingSettings.id ? linkingSettings : flow)),
  commands: [linkWord, ...repertoire.commands, callMeWord],
};
