// The consent notice that stands on the tablet before a face is enrolled: itemised and plain, as DPDP Act section 5 and
// Rule 3 ask. It promises nothing about embeddings that is not true: they can be misused if they leak, so they are sealed.
import { canonicalBytes } from '@hazri/shared/crypto/encoding';
import { sha256Hex } from '@hazri/shared/crypto/hash-chain';
import type { Notice } from '@hazri/shared/protocol/device';
import type { Locale } from '@hazri/shared/protocol/primitives';
import type { NoticeText, NoticeTexts } from './device.js';

const english = (company: string): NoticeText => ({
  title: 'Before you enrol your face',
  paragraphs: [
    `${company} asks for your consent to recognise your face for attendance. Please read this, or ask for it to be read to you.`,
    'What is used: 128 numbers computed from your face on this tablet (an embedding), your name and employee code, and for each punch the time, IN or OUT, the site and the tablet. No photo or video is kept or sent.',
    'What for: to record when you come and go, and to work out your hours. Nothing else. Your mood, age, sex or attention are never judged.',
    'How it is protected: the numbers are sealed on this tablet and encrypted on the company’s server with a key of your own. Someone who obtained both the numbers and the keys could try to draw a face from them, so they are guarded like a photo.',
    'Who can see it: nobody can read the numbers. HR sees your punches; your department head sees those of the team.',
    'How long: the numbers are destroyed when you withdraw your consent or leave the company. Punches are kept as long as labour and tax law ask.',
    'You may say no: a code with a PIN works just as well, with no disadvantage to you.',
    'You may withdraw at any time, as easily as you agree now: tell HR. Your face then stops working here and the numbers are destroyed.',
    'You may ask to see or correct your data, name someone to act for you, or complain: first to HR of the company, and then to the Data Protection Board of India.',
  ],
});

const hindi = (company: string): NoticeText => ({
  title: 'चेहरा दर्ज करने से पहले',
  paragraphs: [
    `${company} हाज़िरी के लिए आपका चेहरा पहचानने की आपकी सहमति चाहता है। कृपया इसे पढ़ें, या किसी से पढ़वाकर सुनें।`,
    'क्या इस्तेमाल होता है: इस टैबलेट पर आपके चेहरे से निकाले गए 128 अंक (एम्बेडिंग), आपका नाम और कर्मचारी कोड, और हर हाज़िरी का समय, आना या जाना, जगह और टैबलेट। कोई फ़ोटो या वीडियो न रखा जाता है, न भेजा जाता है।',
    'किसलिए: आपके आने-जाने का समय दर्ज करने और काम के घंटे निकालने के लिए। और किसी काम के लिए नहीं। आपका मूड, उम्र, लिंग या ध्यान कभी नहीं आँका जाता।',
    'सुरक्षा कैसे: ये अंक इसी टैबलेट पर सील होते हैं और कंपनी के सर्वर पर आपकी अपनी कुंजी से कूटबद्ध रहते हैं। जिसके हाथ अंक और कुंजियाँ दोनों लग जाएँ, वह उनसे चेहरा बनाने की कोशिश कर सकता है; इसलिए इन्हें फ़ोटो की तरह ही सँभाला जाता है।',
    'कौन देख सकता है: अंक कोई नहीं पढ़ सकता। HR आपकी हाज़िरी देखता है; विभाग प्रमुख अपनी टीम की।',
    'कितने समय तक: सहमति वापस लेने या कंपनी छोड़ने पर ये अंक नष्ट कर दिए जाते हैं। हाज़िरी का रिकॉर्ड उतने समय रहता है जितना श्रम और कर क़ानून कहते हैं।',
    'आप मना कर सकते हैं: कोड और PIN से भी हाज़िरी उतनी ही अच्छी तरह लगती है, और आपका कोई नुक़सान नहीं होगा।',
    'आप जब चाहें सहमति वापस ले सकते हैं, उतनी ही आसानी से जितनी आसानी से अभी दे रहे हैं: HR से कहें। तब यहाँ चेहरा काम नहीं करेगा और अंक नष्ट कर दिए जाएँगे।',
    'आप अपना डेटा देख या सुधरवा सकते हैं, अपनी ओर से किसी को नामित कर सकते हैं, या शिकायत कर सकते हैं: पहले कंपनी के HR से, फिर भारत के डेटा संरक्षण बोर्ड से।',
  ],
});

const CONSENT_NOTICE: NoticeTexts = {
  version: '2026-11-2',
  texts: { en: english, hi: hindi },
};

/** The notice in every language, each with the hash that a consent refers to. */
export function noticesFor(company: string, notice: NoticeTexts = CONSENT_NOTICE): Record<Locale, Notice> {
  const inLanguage = (text: NoticeText): Notice => {
    const { version } = notice;
    const { title, paragraphs } = text;
    const hash = sha256Hex(canonicalBytes({ version, title, paragraphs }));
    return { version, title, paragraphs: [...paragraphs], sha256: hash };
  };
  return { en: inLanguage(notice.texts.en(company)), hi: inLanguage(notice.texts.hi(company)) };
}

/** Whether a consent names a notice that this company shows. */
export function isKnownNotice(
  company: string,
  given: { readonly noticeVersion: string; readonly noticeSha256: string; readonly locale: Locale },
): boolean {
  const shown = noticesFor(company)[given.locale];
  return shown.version === given.noticeVersion && shown.sha256 === given.noticeSha256;
}
