import { z } from 'zod';
import { Address4 } from 'ip-address';
import { cidrFrom, firstAddress, prefixOf } from './address-plan';

export const isRange = (text: string) =>
  /^(\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/.test(text) && Address4.isValid(text);

/** An IPv4 range without host bits; says which range was probably meant. */
export const cidr = z.string().superRefine((text, context) => {
  const say = (message: string) => context.addIssue({ code: 'custom', message });
  if (!isRange(text)) {
    say('be an IPv4 range; write it like 10.20.0.0/16');
  } else if (new Address4(text).startAddress().correctForm() !== new Address4(text).correctForm()) {
    say(`have no host bits; did you mean ${cidrFrom(firstAddress(text), prefixOf(text))}?`);
  }
});
