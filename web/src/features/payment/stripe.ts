/** Stripe's own script, loaded only where a card is paid: what we use of it (docs.stripe.com/js). */

export interface StripeElements {
  create: (type: 'payment', options?: object) => StripeElement;
}

export interface StripeElement {
  mount: (place: HTMLElement) => void;
  unmount: () => void;
  on: (event: 'ready' | 'loaderror', told: () => void) => void;
}

export interface StripeFailure {
  type: string;
  code?: string;
}

export interface Stripe {
  elements: (options: {
    clientSecret: string;
    locale: string;
    appearance: object;
  }) => StripeElements;
  confirmPayment: (options: {
    elements: StripeElements;
    confirmParams: { return_url: string };
    redirect: 'if_required';
  }) => Promise<{ error?: StripeFailure }>;
}

declare global {
  interface Window {
    Stripe?: (publicKey: string) => Stripe;
  }
}

const loading = new Map<string, Promise<void>>();

function load(address: string): Promise<void> {
  const found = loading.get(address);
  if (found) return found;
  const made = new Promise<void>((resolve, reject) => {
    const script = document.createElement('script');
    script.src = address;
    script.async = true;
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => {
      // Another press tries again.
      loading.delete(address);
      script.remove();
      reject(new Error('The script of the payment form did not come.'));
    });
    document.head.append(script);
  });
  loading.set(address, made);
  return made;
}

/** Returns Stripe for a key once its script is there; rejects when it does not come. */
export async function openStripe(address: string, publicKey: string): Promise<Stripe> {
  if (window.Stripe === undefined) await load(address);
  if (window.Stripe === undefined)
    throw new Error('The script of the payment form is another one.');
  return window.Stripe(publicKey);
}
