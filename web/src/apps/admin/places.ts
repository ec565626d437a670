export const home = '/admin';
export const accountsPath = `${home}/accounts`;
export const jobsPath = `${home}/jobs`;
export const auditPath = `${home}/audit`;
export const retentionPath = `${home}/retention`;
export const sessionsPath = `${home}/sessions`;
