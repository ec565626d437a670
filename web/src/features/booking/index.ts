export { BookingPage, type BookingPlaces } from './BookingPage';
export { BookSlot, type BookSlotProps } from './BookSlot';
export type { Booking } from './bookings';
export { HeldBookings } from './HeldBookings';
export { RequestedBookings } from './Requested';
export { HoldAside, HoldRelease } from './HoldAside';
export { SlotChoices } from './SlotChoices';
export { SlotPicker } from './SlotPicker';
export { useBookingText } from './strings';
