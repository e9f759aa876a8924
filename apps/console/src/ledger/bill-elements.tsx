import { ELEMENT_NAMES, type BillView } from '@app/contracts';
import { Section } from '../app/section';
import { useI18n } from '../i18n/i18n-context';
import { Facts, type Fact } from './facts';
import { flagWord } from './flag-word';
import { yuan } from './yuan';

const FLAGS = ['reversed', 'accounted', 'printed'] as const;

/** The five elements, whose bill it is, and what the provider said of it. */
export function BillElements({ bill }: { bill: BillView }) {
  const { t } = useI18n();
  const elements = ELEMENT_NAMES.map((name): Fact => {
    const value = bill.elements[name];
    const shown = value !== null && name === 'totalAmount' ? `¥${yuan(value)}` : value;
    return { key: name, term: t(`field.${name}`), value: shown === null ? t('ledger.unknownValue') : <code>{shown}</code> };
  });
  const names: Fact[] = [
    { key: 'kind', term: t('ledger.kind'), value: bill.kind && t(`kind.${bill.kind}`) },
    { key: 'payee', term: t('ledger.payee'), value: bill.payee },
    { key: 'title', term: t('field.title'), value: bill.title },
  ];
  const flags = FLAGS.map((name): Fact => {
    return { key: name, term: t(`flag.${name}`), value: t(flagWord(bill[name])), isRaised: name === 'reversed' && bill[name] === true };
  });
  return (
    <>
      <Section heading={t('ledger.elements')}>
        <Facts facts={elements} />
        <Facts facts={names} />
      </Section>
      <Section heading={t('ledger.flags')}>
        <Facts facts={flags} />
      </Section>
    </>
  );
}
