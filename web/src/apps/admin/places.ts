export const home = '/admin';
export const accountsPath = `${home}/accounts`;
export const doctorsPath = `${home}/doctors`;
export const doctorPath = (id: string): string => `${doctorsPath}/${id}`;
export const identityPath = `${home}/identity`;
export const jobsPath = `${home}/jobs`;
export const auditPath = `${home}/audit`;
export const retentionPath = `${home}/retention`;
export const sessionsPath = `${home}/sessions`;
