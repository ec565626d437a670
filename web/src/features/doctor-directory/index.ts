export { DoctorDirectory, type DoctorDirectoryProps } from './DoctorDirectory';
export { DoctorPage, type DoctorPageProps } from './DoctorPage';
