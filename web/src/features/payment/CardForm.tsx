import { Button, Skeleton } from '@mantine/core';
import { IconAlertTriangle, IconLock } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useLanguage } from '../../shared/i18n';
import classes from './PayVisit.module.css';
import { openStripe, type Stripe, type StripeElements } from './stripe';
import { usePaymentText } from './strings';

export interface CardFormProps {
  script: string;
  publicKey: string;
  secret: string;
  amount: string;
  /** Told once the card was taken; the hospital asks the provider itself what became of it. */
  onTaken: () => void;
}

interface Opened {
  stripe: Stripe;
  elements: StripeElements;
}

/** The provider's own form in our page: what is typed into it never passes through here. */
export function CardForm({ script, publicKey, secret, amount, onTaken }: CardFormProps) {
  const text = usePaymentText();
  const [language] = useLanguage();
  const place = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<Opened>();
  const [state, setState] = useState<'loading' | 'ready' | 'failed'>('loading');
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    let left = false;
    let close = () => {};
    openStripe(script, publicKey).then(
      (stripe) => {
        if (left || !place.current) return;
        const elements = stripe.elements({
          clientSecret: secret,
          locale: language === 'zh-CN' ? 'zh' : 'en',
          appearance: { variables: appearance() },
        });
        const element = elements.create('payment');
        element.on('ready', () => setState('ready'));
        element.on('loaderror', () => setState('failed'));
        element.mount(place.current);
        close = () => element.unmount();
        setOpened({ stripe, elements });
      },
      () => {
        if (!left) setState('failed');
      },
    );
    return () => {
      left = true;
      close();
      setOpened(undefined);
    };
  }, [script, publicKey, secret, language, attempt]);

  const pay = useMutation({
    mutationFn: async ({ stripe, elements }: Opened) => {
      const { error } = await stripe.confirmPayment({
        elements,
        // A bank may want the page for itself; it leads back here.
        confirmParams: { return_url: window.location.href },
        redirect: 'if_required',
      });
      return error;
    },
    onSuccess: (error) => {
      if (error === undefined) onTaken();
    },
  });

  if (state === 'failed') {
    return (
      <div role="alert">
        <p>{text('form.failed')}</p>
        <Button
          variant="default"
          onClick={() => {
            setState('loading');
            setAttempt((before) => before + 1);
          }}
        >
          {text('failed.again')}
        </Button>
      </div>
    );
  }
  const refused = pay.data;
  return (
    <>
      <p className={classes.quiet}>{text('form.lead')}</p>
      {state === 'loading' && <Skeleton height={220} radius="md" />}
      <div ref={place} data-testid="card-form" />
      {(refused ?? pay.error) && (
        <p role="alert" className={classes.refused}>
          <IconAlertTriangle size={20} aria-hidden />
          <span>
            {text(refused?.type === 'validation_error' ? 'form.incomplete' : 'form.refused')}
            {refused?.code !== undefined && <small> {refused.code}</small>}
          </span>
        </p>
      )}
      <Button
        leftSection={<IconLock size={20} aria-hidden />}
        disabled={state !== 'ready' || !opened}
        loading={pay.isPending}
        onClick={() => opened && pay.mutate(opened)}
      >
        {text('form.pay', { amount })}
      </Button>
    </>
  );
}

/** Our colours as values: the form lives in a frame, where our variables are not known. */
function appearance(): Record<string, string> {
  const styles = getComputedStyle(document.documentElement);
  const value = (name: string) => styles.getPropertyValue(name).trim();
  return Object.fromEntries(
    Object.entries({
      colorPrimary: value('--tv-brand'),
      colorBackground: value('--tv-surface'),
      colorText: value('--tv-ink'),
      colorDanger: value('--tv-bad'),
      borderRadius: value('--tv-radius-control'),
    }).filter(([, one]) => one !== ''),
  );
}
