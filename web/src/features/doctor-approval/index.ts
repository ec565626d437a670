export { DoctorDetail, type DoctorDetailProps } from './DoctorDetail';
export { DoctorsPage, type DoctorsPageProps } from './DoctorsPage';
export { OwnProfile } from './OwnProfile';
export { ProfileTodo } from './ProfileTodo';
