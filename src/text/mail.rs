//! Words of mail: what was sent, and why it was not.

use super::Lang;
use super::width::clean;
use crate::error::document::{MailFault, Trouble};

super::phrases! {
    mails_title: "邮件", "Mails";
    mail_to_word: "收件人", "To";
    mail_from_word: "发件人", "From";
    mail_subject_word: "主题", "Subject";
    mail_attachments_word: "附件", "Attachments";
    mail_subject(title: &str, number: &str): "{title}（{number}）", "{title} ({number})";
    mail_reply_word: "服务器答复", "Answer";
    mail_sent: "已发送", "sent";
    mail_unsent: "未发送", "not sent";
    mail_nothing_sent: "以上只是预览，没有发送；加 --yes 发送", "nothing was sent; --yes sends it";
    mail_works(server: &str): "{server} 可以连接并登录；没有发送邮件", "{server} lets us in; nothing was sent";
    mail_no_sender: "没有发件邮箱；请先 huikuan config set company_email 我方邮箱", "no sender; first huikuan config set company_email ADDRESS";
    mail_no_receiver: "客户联系人没有邮箱；请用 huikuan edit customer 填写，或写明地址（make 用 --mail-to，mail send 用 --to）", "no contact of the customer has an e-mail; add one with huikuan edit customer, or name an address (make --mail-to, mail send --to)";
    mail_no_address(person: &str): "{person} 没有登记邮箱；请先 huikuan edit person {person} --email 邮箱", "no e-mail of {person} is on record; first huikuan edit person {person} --email ADDRESS";
    mail_bad_address(typed: &str): "“{typed}”不是邮箱地址", "“{typed}” is no e-mail address";
    mail_no_server(file: &str): "没有设置发信服务器；请在 {file} 写 [mail] 一节：host = \"smtp.example.com\"、user = \"登录名\"、password_command = \"输出密码的命令\"", "no mail server is set; write a section [mail] in {file}: host = \"smtp.example.com\", user = \"NAME\", password_command = \"a command that prints the password\"";
    mail_no_password(user: &str): "{user} 没有密码；请在配置 [mail] 写 password_command，或设环境变量 HUIKUAN_MAIL_PASSWORD", "no password for {user}; set password_command in [mail] of the configuration, or HUIKUAN_MAIL_PASSWORD in the environment";
    mail_password_command(command: &str, why: &str): "取密码的命令“{command}”没有给出密码（{why}）；没有发送", "“{command}” gave no password ({why}); nothing was sent";
    mail_insecure(server: &str): "不加密就不能把密码发给 {server}；请在 [mail] 写 security = \"tls\" 或 \"starttls\"", "a password is not sent to {server} in the open; set security = \"tls\" or \"starttls\" in [mail]";
    mail_no_tls(server: &str): "{server} 不支持 STARTTLS 加密；请改 [mail] 的 security 或端口；没有发送", "{server} does not offer STARTTLS; change security or port in [mail]; nothing was sent";
    mail_tls(server: &str, why: &str): "与 {server} 的加密连接没有建成：{why}；请核对 host、port、security 及其证书；没有发送", "no secure connection to {server}: {why}; check host, port, security and its certificate; nothing was sent";
    mail_login(server: &str, user: &str, reply: &str): "{server} 不接受 {user} 的登录：{reply}；有些邮箱要用专门的授权码；没有发送", "{server} does not let {user} in: {reply}; some want a password made for programs; nothing was sent";
    mail_unreachable(server: &str, why: &str): "连不上 {server}：{why}；请核对 [mail] 的 host 和 port，或稍后再试；没有发送", "{server} cannot be reached: {why}; check host and port in [mail], or try later; nothing was sent";
    mail_silence(seconds: u64): "{seconds} 秒没有应答", "no answer for {seconds} seconds";
    mail_refused(server: &str, reply: &str): "{server} 拒收：{reply}；这封没有发送，也没有登记", "{server} refused: {reply}; this mail was not sent, and nothing is recorded of it";
    mail_unsure(server: &str, why: &str): "{server} 没有答复完：{why}；邮件可能已经发出，请先看收件人或发件箱再决定是否重发；没有登记", "{server} broke off: {why}; the mail may have gone out: look before you send it again; nothing is recorded of it";
    mail_sent_before(number: &str, on: &str): "{number} 已于 {on} 发送；要再发一次请加 --again", "{number} was sent on {on}; --again sends it once more";
    mail_approval(number: &str): "发送 {number} 要先经批准：huikuan paper sent {number} 提出申请，批准后用 mail send --again 发送", "sending {number} needs an approval: huikuan paper sent {number} asks for it; once it is given, mail send --again sends it";
    mail_not_recorded(number: &str, id: &str, why: &str): "{number} 已经发出（{id}），但没有登记：{why}；请用 huikuan paper sent {number} --channel mail 登记，不要重发", "{number} went out ({id}), but is not recorded: {why}; record it with huikuan paper sent {number} --channel mail, and do not send it again";
}

impl Lang {
    fn trouble(self, why: &Trouble) -> String {
        match why {
            Trouble::Silence(seconds) => self.mail_silence(*seconds),
            Trouble::Said(words) => clean(words).into_owned(),
        }
    }

    pub(super) fn mail_fault(self, why: &MailFault) -> String {
        match why {
            MailFault::NoSender => self.mail_no_sender().to_owned(),
            MailFault::NoReceiver => self.mail_no_receiver().to_owned(),
            MailFault::BadAddress(typed) => self.mail_bad_address(&clean(typed)),
            MailFault::NoAddress(person) => self.mail_no_address(&clean(person)),
            MailFault::NoServer(file) => self.mail_no_server(&clean(&file.display().to_string())),
            MailFault::NoPassword(user) => self.mail_no_password(&clean(user)),
            MailFault::PasswordCommand { command, why } => {
                self.mail_password_command(&clean(command), &clean(why))
            }
            MailFault::Insecure(server) => self.mail_insecure(&clean(server)),
            MailFault::NoTls(server) => self.mail_no_tls(&clean(server)),
            MailFault::Tls { server, why } => self.mail_tls(&clean(server), &clean(why)),
            MailFault::Login { server, user, reply } => {
                self.mail_login(&clean(server), &clean(user), &clean(reply))
            }
            MailFault::Unreachable { server, why } => {
                self.mail_unreachable(&clean(server), &self.trouble(why))
            }
            MailFault::Refused { server, reply } => {
                self.mail_refused(&clean(server), &clean(reply))
            }
            MailFault::Unsure { server, why } => {
                self.mail_unsure(&clean(server), &self.trouble(why))
            }
            MailFault::SentBefore { number, on } => {
                self.mail_sent_before(&clean(number), &on.to_string())
            }
            MailFault::Approval(number) => self.mail_approval(&clean(number)),
            MailFault::NotRecorded { number, message_id, why } => {
                self.mail_not_recorded(&clean(number), &clean(message_id), &self.error(why))
            }
        }
    }
}
